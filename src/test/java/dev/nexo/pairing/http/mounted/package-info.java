/** A host application that mounts the operator servlet. */
package dev.nexo.pairing.http.mounted;
