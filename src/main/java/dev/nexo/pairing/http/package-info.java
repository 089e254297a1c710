/**
 * The HTTP interface. Servlet filters authenticate the caller before anything else reads a request,
 * so that a 404 reveals nothing to strangers. Bodies are read here and not bound by the container,
 * so that one 400 can name all unknown fields, wrong types and duplicate keys.
 */
package dev.nexo.pairing.http;
