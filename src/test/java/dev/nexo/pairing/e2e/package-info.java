/**
 * Tests of the whole: the packaged server with nothing faked, and the module inside another
 * application. They have their own package because they belong to no other.
 */
package dev.nexo.pairing.e2e;
