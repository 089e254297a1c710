/**
 * The HTTP interface: who is calling, what they sent, and how strictly it is read.
 *
 * <p>Servlet filters prove the caller before anything else looks at a request, so that nobody
 * learns from a 404 what they may not see. Bodies are read here and not bound by the container,
 * because the contract promises more than binding gives: unknown fields, wrong types and duplicate
 * keys are refused, all of them named in one answer. The calls themselves lie in the rooms below.
 */
package dev.nexo.pairing.http;
