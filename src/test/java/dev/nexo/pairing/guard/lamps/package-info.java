/** Another module, which has lamps and leaves it to the guard who may see them. */
package dev.nexo.pairing.guard.lamps;
