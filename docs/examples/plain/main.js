// Events of all elements bubble, so one listener hears every list on the page.
const last = document.querySelector('#last');

for (const type of ['pusher-item-added', 'pusher-item-updated'])
  document.addEventListener(type, ({ item }) => {
    last.textContent = item.symbol;
  });
