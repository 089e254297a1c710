// Reports the violations that axe finds, one line a violation; the body of an asynchronous function. The argument says
// which rules are checked: "color-contrast" alone, or all of them if it is empty.
const [rule, done] = arguments;
axe
  .run(document, {
    resultTypes: ["violations"],
    runOnly: rule ? [rule] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  })
  .then(({ violations }) =>
    done(violations.flatMap(({ id, help, nodes }) => nodes.map((node) => id + " (" + help + "): " + node.html.slice(0, 120) + " " + node.target))),
  )
  .catch((error) => done(["axe failed: " + error]));
