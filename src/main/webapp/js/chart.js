// A small bar chart, as an image for everyone and as numbers for screen readers.

import { el } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 48;
const STEP = 10;

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/**
 * Draws one bar for each value.
 * @param {string} label what is counted
 * @param {{value: number, name: string}[]} bars
 * @param {string} summary what the chart shows, in words
 */
export function chart(label, bars, summary) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const width = bars.length * STEP;
  const svg = shape("svg", {
    viewBox: "0 0 " + width + " " + (HEIGHT + 1),
    class: "bars",
    role: "img",
    "aria-label": summary,
    preserveAspectRatio: "none",
  });
  svg.append(shape("rect", { class: "ground", x: 0, y: HEIGHT, width, height: 1 }));
  bars.forEach(({ value, name }, i) => {
    // A single event is visible beside many.
    const height = value ? Math.max(2, (value / most) * HEIGHT) : 0;
    const bar = shape("rect", { x: i * STEP + 1, y: HEIGHT - height, width: STEP - 2, height });
    const title = shape("title", {});
    title.textContent = name + ": " + value;
    bar.append(title);
    svg.append(bar);
  });
  return el("figure.chart", {}, el("figcaption", {}, label), svg);
}
