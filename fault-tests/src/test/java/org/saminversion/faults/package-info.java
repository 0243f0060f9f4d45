/**
 * The packaged services as processes of their own, on a broker and a database that are processes too, and what becomes of
 * jobs when any of them is killed, frozen or cut off.
 */
package org.saminversion.faults;
