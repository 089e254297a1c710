/** An EAR of another team, with the module in its {@code lib} and two WARs that share it. */
package dev.nexo.pairing.e2e.ear;
