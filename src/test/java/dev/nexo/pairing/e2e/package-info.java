/**
 * End-to-end tests: the packaged server without fakes, and the module inside other applications.
 */
package dev.nexo.pairing.e2e;
