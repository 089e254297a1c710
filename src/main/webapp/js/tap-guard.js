// Rows move up when one goes. A finger that was on its way to another row must not decide on the one that came there.

const SETTLING_MS = 500;

/** Makes a list deaf to taps and clicks for a moment; gives what is to be called when its rows have moved. */
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
