/**
 * Model bundles: a folder with {@code bundle.yaml} and safetensors, every file held by its SHA-256. Nothing in a bundle can
 * execute code.
 */
package org.saminversion.inversion.bundle;
