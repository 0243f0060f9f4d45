/** The whole job service in one process: broker, database, gateway and both workers, on loopback. */
package org.saminversion.standalone.serve;
