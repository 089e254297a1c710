/**
 * What is checked of every request before anybody looks at what it asks for: its head, which has to
 * be well-formed, and its body, which has to arrive in time.
 */
package dev.nexo.pairing.http.request;
