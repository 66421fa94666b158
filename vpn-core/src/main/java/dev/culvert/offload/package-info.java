/**
 * Carrying more a crossing: super-frames of the TAP are cut into frames, frames of a flow are joined into super-frames,
 * frames that neither fit nor can be cut travel in fragments. Pure code over buffers: knows no socket, thread, clock or
 * logger, allocates nothing per frame, answers bad input with a verdict. Everything with state is confined to one lane.
 */
@NullMarked
package dev.culvert.offload;

import org.jspecify.annotations.NullMarked;
