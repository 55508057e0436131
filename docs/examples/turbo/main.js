// Turbo makes HTML of what a stream brings, so only a channel that your server alone publishes to may be one.
import { connectStreamSource } from '@hotwired/turbo';

// The element is permanent: it is the same one on every page, and this module runs once.
connectStreamSource(document.querySelector('pusher-event'));
