/** What tests of several packages share: a NATS server, fakes, a small CDI container. */
package dev.nexo.pairing.testing;
