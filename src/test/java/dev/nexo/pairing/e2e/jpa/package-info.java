/** Another team's application, which keeps notes of its own through the server's persistence. */
package dev.nexo.pairing.e2e.jpa;
