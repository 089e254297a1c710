/**
 * Tells the operators of new pending requests: plans which requests are told when, puts the notices
 * into the outbox, and sends those of a webhook.
 */
package dev.nexo.pairing.notice;
