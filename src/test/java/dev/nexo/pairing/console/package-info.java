/** The operator's console in a real Chromium, on the packaged server. */
package dev.nexo.pairing.console;
