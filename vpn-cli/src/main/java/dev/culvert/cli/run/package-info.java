/**
 * A tunnel in the foreground: started, announced, answering its control socket, stopped in order. Knows the tunnel only
 * through the interfaces here.
 */
@NullMarked
package dev.culvert.cli.run;

import org.jspecify.annotations.NullMarked;
