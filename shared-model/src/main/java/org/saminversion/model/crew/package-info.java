/** Which workers are there and what they do, for the operator's eye. */
package org.saminversion.model.crew;
