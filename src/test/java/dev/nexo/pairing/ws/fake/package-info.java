/**
 * Stand-ins for the other packages, so that {@code /pair} is tested by itself, with and without a
 * server. What they do hangs on the token: {@link dev.nexo.pairing.ws.fake.FakePairSessions} says
 * how.
 */
package dev.nexo.pairing.ws.fake;
