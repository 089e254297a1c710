/** Test fixtures that several packages share: servers, clients, fakes, a small CDI container. */
package dev.nexo.pairing.testing;
