/** Training of networks on a folder of photographs: images, their order, the loop, checkpoints. */
package org.saminversion.inversion.training;
