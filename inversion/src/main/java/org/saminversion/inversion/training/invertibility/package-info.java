/** Learning to predict how badly each latent space reconstructs each pixel of a photograph (paper, section 3.1). */
package org.saminversion.inversion.training.invertibility;
