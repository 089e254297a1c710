/** Issues setup codes and records what becomes of them. */
package dev.nexo.pairing.setupcode;
