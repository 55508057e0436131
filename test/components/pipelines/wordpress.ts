/**
 * What WordPress 6.1.9 shows of what somebody has written (elements.md §4.1): the answer of its filter
 * `the_content`, as it ran. `classic` is from the classic editor of somebody who may write all HTML. `filtered` was saved by an author
 * who may not, so that it went through `wp_filter_post_kses` before.
 */
interface Shown {
  readonly what: string;
  readonly written: string;
  readonly shown: string;
}

export const classic: readonly Shown[] = [
  {
    what: `a value in a sentence`,
    written: `Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value> -- it's "now"...`,
    shown: `<p>Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value> &#8212; it&#8217;s &#8220;now&#8221;&#8230;</p>`,
  },
  {
    what: `a value at the end of a paragraph, and a paragraph after it`,
    written: `Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value>

Text`,
    shown: `<p>Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value>
<p>Text</p>`,
  },
  {
    what: `a list on one line`,
    written: `Text

<pusher-list channel="prices" event="tick" item-key="bid"><ul><template><li data-pe-text="bid"></li></template></ul></pusher-list>

Text`,
    shown: `<p>Text</p>
<pusher-list channel="prices" event="tick" item-key="bid">
<ul><template></p>
<li data-pe-text="bid"></li>
<p></template></ul>
</pusher-list>
<p>Text</p>`,
  },
  {
    what: `a pretty-printed list`,
    written: `Text

<pusher-list channel="prices" event="tick" item-key="bid">
  <ul>
    <template>
      <li data-pe-text="bid"></li>
    </template>
  </ul>
</pusher-list>

Text`,
    shown: `<p>Text</p>
<pusher-list channel="prices" event="tick" item-key="bid">
<ul>
    <template></p>
<li data-pe-text="bid"></li>
<p>    </template>
  </ul>
</pusher-list>
<p>Text</p>`,
  },
  {
    what: `a list with empty lines inside`,
    written: `<pusher-list channel="prices" event="tick" item-key="bid">

<template>

<div data-pe-text="bid"></div>

</template>

</pusher-list>`,
    shown: `<pusher-list channel="prices" event="tick" item-key="bid">
<p><template></p>
<div data-pe-text="bid"></div>
<p></template></p>
</pusher-list>`,
  },
  {
    what: `a list of paragraphs`,
    written: `<pusher-list channel="prices" event="tick" item-key="bid">
  <template>
    <p class="row"><b data-pe-text="bid"></b></p>
  </template>
</pusher-list>`,
    shown: `<pusher-list channel="prices" event="tick" item-key="bid">
  <template></p>
<p class="row"><b data-pe-text="bid"></b></p>
<p>  </template>
</pusher-list>`,
  },
  {
    what: `a list in a section`,
    written: `<section>
<pusher-list channel="prices" event="tick" item-key="bid">
  <template>
    <div><b data-pe-text="bid"></b></div>
  </template>
</pusher-list>
</section>`,
    shown: `<section>
<pusher-list channel="prices" event="tick" item-key="bid">
  <template></p>
<div><b data-pe-text="bid"></b></div>
<p>  </template>
</pusher-list>
</section>`,
  },
  {
    what: `a list in a table`,
    written: `<pusher-list channel="prices" event="tick" item-key="bid">
<table>
<tbody>
<template>
<tr><td data-pe-text="bid"></td></tr>
</template>
</tbody>
</table>
</pusher-list>`,
    shown: `<pusher-list channel="prices" event="tick" item-key="bid">
<table>
<tbody>
<template></p>
<tr>
<td data-pe-text="bid"></td>
</tr>
<p></template><br />
</tbody>
</table>
</pusher-list>`,
  },
  {
    what: `a list after a paragraph that ends with a value`,
    written: `Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value>

<pusher-list channel="prices" event="tick" item-key="bid"><ul><template><li data-pe-text="bid"></li></template></ul></pusher-list>`,
    shown: `<p>Bid <pusher-value channel="prices" event="tick" field="bid">…</pusher-value>
<pusher-list channel="prices" event="tick" item-key="bid">
<ul><template></p>
<li data-pe-text="bid"></li>
<p></template></ul>
</pusher-list>`,
  },
  {
    what: `a status`,
    written: `It is <pusher-status grace="0" label-connected="It's live"></pusher-status>

Text`,
    shown: `<p>It is <pusher-status grace="0" label-connected="It's live"></pusher-status>
<p>Text</p>`,
  },
  {
    what: `a channel`,
    written: `<pusher-channel name="prices"><b>Prices</b></pusher-channel>

Text`,
    shown: `<pusher-channel name="prices"><b>Prices</b></pusher-channel>
<p>Text</p>`,
  },
  {
    what: `a presence`,
    written: `Here: <pusher-presence channel="presence-lobby">Somebody</pusher-presence>
Text`,
    shown: `<p>Here: <pusher-presence channel="presence-lobby">Somebody</pusher-presence>
Text</p>`,
  },
  {
    what: `a trigger with a form`,
    written: `<pusher-trigger channel="private-desk" event="note">
<form>
<label>Note <input name="note"></label>
<button>Send</button>
</form>
</pusher-trigger>`,
    shown: `<pusher-trigger channel="private-desk" event="note">
<form>
<label>Note <input name="note"></label><br />
<button>Send</button><br />
</form>
</pusher-trigger>`,
  },
];

export const filtered: readonly Shown[] = [
  {
    what: `a value`,
    written: `<p>Bid <span data-pusher="value" data-channel="prices" data-event="tick" data-field="bid">…</span></p>`,
    shown: `<p>Bid <span data-pusher="value" data-channel="prices" data-event="tick" data-field="bid">…</span></p>`,
  },
  {
    what: `a list`,
    written: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid"><ul><li data-pe-template data-pe-text="bid">None yet</li></ul></div>`,
    shown: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid">
<ul>
<li data-pe-template data-pe-text="bid">None yet</li>
</ul>
</div>`,
  },
  {
    what: `a pretty-printed list`,
    written: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid">
  <ul>
    <li data-pe-template data-pe-text="bid">None yet</li>
  </ul>
</div>`,
    shown: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid">
<ul>
<li data-pe-template data-pe-text="bid">None yet</li>
</ul>
</div>`,
  },
  {
    what: `a list in a table`,
    written: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid"><table><tbody><tr data-pe-template><td data-pe-text="bid">None yet</td></tr></tbody></table></div>`,
    shown: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid">
<table>
<tbody>
<tr data-pe-template>
<td data-pe-text="bid">None yet</td>
</tr>
</tbody>
</table>
</div>`,
  },
  {
    what: `a list with a picture and a link`,
    written: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid"><div data-pe-template><a data-pe-attr-href="url" data-pe-text="bid" href="/all">All</a></div></div>`,
    shown: `<div data-pusher="list" data-channel="prices" data-event="tick" data-item-key="bid">
<div data-pe-template><a data-pe-attr-href="url" data-pe-text="bid" href="/all">All</a></div>
</div>`,
  },
  {
    what: `a status`,
    written: `<p>It is <span data-pusher="status" data-grace="0" data-label-connected="It is: live">…</span></p>`,
    shown: `<p>It is <span data-pusher="status" data-grace="0" data-label-connected="It is: live">…</span></p>`,
  },
];
