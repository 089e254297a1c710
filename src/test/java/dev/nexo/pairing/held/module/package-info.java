/** A module that receives held messages. */
package dev.nexo.pairing.held.module;
