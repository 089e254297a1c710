/** Issues setup codes and records whether they were redeemed, cancelled or expired. */
package dev.nexo.pairing.setupcode;
