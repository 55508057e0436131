/** Registers every element, providers first, so that consumers upgrade into a ready tree. */
import './connection/define.js';
import './channel/define.js';
import './status/define.js';
import './presence/define.js';
import './value/define.js';
import './list/define.js';
import './event/define.js';
import './trigger/define.js';
import './toasts/define.js';
