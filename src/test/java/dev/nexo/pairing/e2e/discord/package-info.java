/** Another team's application, which brings a channel of its own. */
package dev.nexo.pairing.e2e.discord;
