/** Setup codes and the key that signs them. */
package dev.nexo.pairing.setupcode;
