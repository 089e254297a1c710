/**
 * Checks and reads HTTP requests before a resource sees them: head syntax, body limits, JSON
 * fields, query parameters.
 */
package dev.nexo.pairing.http.request;
