/** An application of another team that stores notes through the server's Jakarta Persistence. */
package dev.nexo.pairing.e2e.jpa;
