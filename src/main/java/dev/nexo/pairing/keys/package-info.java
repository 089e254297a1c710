/** The keys that sign setup codes: key files, agreement between servers, rotation. */
package dev.nexo.pairing.keys;
