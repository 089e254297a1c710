/**
 * The texts of messages to senders: templates with placeholders, and the standard texts in ten
 * languages. JDK only.
 */
package dev.nexo.pairing.message;
