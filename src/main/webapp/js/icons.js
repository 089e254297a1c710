// Icons of 24 by 24 pixels, built as elements, because the Content-Security-Policy forbids markup from strings.

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  pending: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  allowed:
    "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2.5 21c0-4 3-6.5 6.5-6.5 1.6 0 3.1.5 4.2 1.4M15.5 18.5l2.2 2.2 4-4.4",
  review: "M3 12s3.3-6.5 9-6.5 9 6.5 9 6.5-3.3 6.5-9 6.5S3 12 3 12M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  denied: "M9 9l6 6M15 9l-6 6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  activity: "M4 20V11M9.3 20V4M14.7 20v-6M20 20V8",
  blocked: "M5.6 5.6l12.8 12.8M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  dropped: "M12 3v11m0 0l-4.5-4.5M12 14l4.5-4.5M4 17v2.5A1.5 1.5 0 0 0 5.5 21h13a1.5 1.5 0 0 0 1.5-1.5V17",
  pair: "M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15M8.5 8.5h3v3h-3zM15.5 8.5v.01M15.5 12v3.5M8.5 15.5h3.5",
  sessions:
    "M8 2.5h8A1.5 1.5 0 0 1 17.5 4v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5M11 18.5h2",
  audit: "M5 4h14M5 9h14M5 14h9M5 19h6",
  explain:
    "M9.2 9a2.9 2.9 0 1 1 4.3 2.5c-.9.6-1.5 1.2-1.5 2.3M12 17.2v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  policies: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  notices:
    "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15l1.5-2M10 21h4",
  texts: "M4 5.5h16v11H11l-4.5 3.5v-3.5H4zM8 9.5h8M8 12.5h5",
  health: "M3 12h4l2.5-7 5 14 2.5-7h4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  leave: "M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10.5 12H21m0 0l-3.5-3.5M21 12l-3.5 3.5",
  yes: "M4.5 12.5l5 5 10-11",
  no: "M6 6l12 12M18 6L6 18",
  warn: "M12 9v4.5M12 17v.01M10.3 4.1L2.6 17.6A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-2.9L13.7 4.1a2 2 0 0 0-3.4 0z",
  info: "M12 11v5M12 7.8v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  add: "M12 5v14M5 12h14",
};

/** The icon of that name, hidden from screen readers because each icon has a label beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}
