// A parser for Server-Sent Events (WHATWG HTML, 9.2.6), because EventSource cannot send a header.

const MAX_BUFFER = 1 << 20;

/** Accepts a stream in pieces of any size and returns the complete events. */
export class SseParser {
  /** The id to resume with. An event without an id does not change it. */
  lastEventId = "";
  /** The server's reconnection time in milliseconds, or null. */
  retry = null;

  #buffer = "";
  #begun = false;
  #afterReturn = false;
  #id = "";
  #type = "";
  #data = "";

  /**
   * @param {string} text the next piece, decoded
   * @returns {{type: string, data: string, id: string}[]}
   * @throws {RangeError} if an event is longer than 1 Mi characters
   */
  push(text) {
    let piece = text;
    if (!this.#begun && piece) {
      this.#begun = true;
      if (piece.startsWith("\ufeff")) piece = piece.slice(1);
    }
    // A line feed may belong to a carriage return at the end of the previous piece.
    if (this.#afterReturn && piece) {
      this.#afterReturn = false;
      if (piece.startsWith("\n")) piece = piece.slice(1);
    }
    this.#afterReturn ||= piece.endsWith("\r");
    const lines = (this.#buffer + piece).split(/\r\n|\r|\n/);
    this.#buffer = lines.pop();
    if (this.#buffer.length + this.#data.length > MAX_BUFFER) throw new RangeError("The event is too long");
    return lines.map((line) => this.#take(line)).filter(Boolean);
  }

  #take(line) {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#type = value;
    else if (field === "data") this.#data += value + "\n";
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    else if (field === "retry" && /^[0-9]+$/.test(value)) this.retry = Number(value);
    return null;
  }

  #dispatch() {
    this.lastEventId = this.#id;
    const event = { type: this.#type || "message", data: this.#data.slice(0, -1), id: this.#id };
    const empty = this.#data === "";
    this.#type = "";
    this.#data = "";
    return empty ? null : event;
  }
}
