/**
 * Validates and reads HTTP requests before a resource handles them: syntax of the request head,
 * body limits, JSON fields, query parameters.
 */
package dev.nexo.pairing.http.request;
