/** The keys that sign setup codes: files, their agreement between servers, rotation. */
package dev.nexo.pairing.keys;
