/** What tests of several rooms share: a NATS server, fakes, a small CDI container. */
package dev.nexo.pairing.testing;
