/**
 * Stand-ins for the other packages, so that the HTTP interface is tested on a server by itself.
 * They do as much as its answers need, and fail on purpose for the senders named in {@link
 * dev.nexo.pairing.http.fake.FailingDependencies}.
 */
package dev.nexo.pairing.http.fake;
