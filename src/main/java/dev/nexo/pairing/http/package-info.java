/**
 * The HTTP interface. Servlet filters authenticate the caller before anything else reads a request,
 * so that a 404 reveals nothing to strangers. Bodies are read here and not bound by the container,
 * because unknown fields, wrong types and duplicate keys are all named in one 400.
 */
package dev.nexo.pairing.http;
