/** The markup of the shop front, in two languages: for its story, and for the demo, which has a real server. */

const words = {
  en: {
    shop: 'Loom &amp; Thread',
    pages: 'Pages',
    shirts: 'Shirts',
    basket: 'Basket:',
    added: 'It is in your basket.',
    picture: 'A linen shirt with short sleeves',
    title: 'Linen shirt',
    about:
      'Woven from European flax, washed soft, with buttons of shell. It is cool in summer and dries overnight.',
    price: 'Price:',
    instead: 'instead of',
    // Other languages have their own sentence: the one of the kit.
    looking:
      ' label-one="{count} person is looking at this." label-other="{count} people are looking at this."',
    popular: 'Many people look at this.',
    stock: 'In stock',
    sold: 'Sold today',
    delivery: 'Delivery',
    days: 'In two days',
    size: 'Size',
    quantity: 'Quantity',
    add: 'Add to basket',
    failed: 'It is not in your basket. Please try again.',
  },
  ar: {
    shop: 'النول والخيط',
    pages: 'الصفحات',
    shirts: 'قمصان',
    basket: 'السلة:',
    added: 'أُضيف إلى سلتك.',
    picture: 'قميص كتان بأكمام قصيرة',
    title: 'قميص كتان',
    about: 'منسوج من الكتان الأوروبي، مغسول وناعم، بأزرار من الصدف. بارد في الصيف ويجف خلال ليلة.',
    price: 'السعر:',
    instead: 'بدلًا من',
    looking: '',
    popular: 'كثيرون ينظرون إلى هذا.',
    stock: 'المتوفر',
    sold: 'بيع اليوم',
    delivery: 'التوصيل',
    days: 'خلال يومين',
    size: 'المقاس',
    quantity: 'الكمية',
    add: 'أضف إلى السلة',
    failed: 'لم يُضَف إلى سلتك. حاول مرة أخرى.',
  },
} as const;

const shirt = `<svg viewBox="0 0 200 200" role="img" aria-label="PICTURE">
        <path d="M70 34 34 52 18 92l26 12 8-14v80h96V90l8 14 26-12-16-40-36-18c-6 14-54 14-60 0Z" />
        <path class="seam" d="M70 34c6 34 54 34 60 0M100 60v110M52 90l2-18M148 90l-2-18" />
        <path class="seam" d="M118 88h20v22l-10 6-10-6Z" />
        <circle cx="106" cy="80" r="2.5" /><circle cx="106" cy="104" r="2.5" />
        <circle cx="106" cy="128" r="2.5" /><circle cx="106" cy="152" r="2.5" />
      </svg>`;

/** What the server of the shop writes into the page: what it knows, whose basket it is, and where it takes what is put in. */
export interface Visit {
  readonly basketChannel: string;
  readonly basketUrl: string;
  readonly price: number;
  readonly left: number;
  readonly sold: number;
}

/** The page, between connection and end. */
export const writeShop = (
  language: 'en' | 'ar',
  { basketChannel, basketUrl, price, left, sold }: Visit,
): string => {
  const w = words[language];
  return `<header class="bar">
  <a class="brand" href="#product">${w.shop}</a>
  <pusher-status hide-when="connected"></pusher-status>
  <nav aria-label="${w.pages}">
    <a href="#product">${w.shirts}</a>
    <a href="#basket">${w.basket}
      <pusher-value channel="${basketChannel}" event="changed" field="count">0</pusher-value>
      <pusher-event channel="${basketChannel}" name="changed" do="class" class-name="changed" class-mode="flash"
        announce="${w.added}"></pusher-event></a>
  </nav>
</header>

<main class="product" id="product">
  <div class="picture">
      ${shirt.replace('PICTURE', w.picture)}
  </div>
  <div class="offer">
    <h1>${w.title}</h1>
    <p>${w.about}</p>

    <pusher-channel name="product-42">
      <p class="cost">
        <span class="unseen">${w.price}</span>
        <pusher-value event="price" field="price" initial="${price}" format="currency:EUR" flash>€${price.toFixed(2)}</pusher-value>
        <pusher-value event="price">
          <template>
            <span><span data-pe-if="was">${w.instead}
              <s data-pe-text="was" data-pe-format="currency:EUR"></s></span></span>
          </template>
        </pusher-value>
      </p>
      <dl>
        <div>
          <dt>${w.stock}</dt>
          <dd><pusher-value event="stock" field="left" initial="${left}" flash>${left}</pusher-value></dd>
        </div>
        <div>
          <dt>${w.sold}</dt>
          <dd><pusher-value event="sold" mode="increment" initial="${sold}" flash>${sold}</pusher-value></dd>
        </div>
        <div>
          <dt>${w.delivery}</dt>
          <dd>${w.days}</dd>
        </div>
      </dl>
    </pusher-channel>

    <p class="looking">
      <pusher-presence channel="presence-product-42" view="count" include-me${w.looking}>${w.popular}</pusher-presence>
    </p>

    <pusher-trigger post-url="${basketUrl}">
      <form action="${basketUrl}" method="post">
        <label>${w.size}
          <select name="size"><option>S</option><option selected>M</option><option>L</option></select></label>
        <label>${w.quantity}
          <input type="number" name="quantity" value="1" min="1" max="9" required></label>
        <button>${w.add}</button>
      </form>
      <p class="not-sent" role="status">${w.failed}</p>
    </pusher-trigger>
  </div>
</main>

<pusher-toasts channel="product-42" event="sale" duration="12"></pusher-toasts>`;
};
