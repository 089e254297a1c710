// When a row disappears, the rows below move up. A tap on the old place must not decide about the row that moved there.

const SETTLING_MS = 500;

/** Ignores clicks for 500 ms after rows move. Returns the function to call when they do. */
export function steady(list) {
  let timer = 0;
  const ignore = (event) => {
    if (!list.hasAttribute("data-settling")) return;
    event.preventDefault();
    event.stopPropagation();
  };
  list.addEventListener("click", ignore, { capture: true });
  return () => {
    clearTimeout(timer);
    list.setAttribute("data-settling", "");
    timer = setTimeout(() => list.removeAttribute("data-settling"), SETTLING_MS);
  };
}
