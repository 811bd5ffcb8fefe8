// A shop's server that tracks with @segment/analytics-node: `node shop.cjs <collector> <write key>`.
const { Analytics } = require("@segment/analytics-node");

const [host, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, maxRetries: 0 });
analytics.on("error", (error) => {
  console.error(error);
  process.exitCode = 1;
});

const userId = "node-user-1";
const session = { "Actions Amplitude": { session_id: 1768035600000 } };
const context = { ip: "203.0.113.7", device: { id: "node-device-1" } };

analytics.identify({
  userId,
  traits: { email: "node@example.com", plan: "pro", visits: 3, joined: new Date("2026-01-02T03:04:05.678Z") },
});
analytics.page({ userId, category: "Docs", name: "Home", properties: { path: "/docs" } });
analytics.screen({ anonymousId: "node-device-1", name: "Basket", properties: { items: 2 } });
analytics.track({
  userId,
  event: "Product Viewed",
  timestamp: new Date(Date.now() - 86_400_000),
  properties: { product_id: "P-1", price: 19.99, tags: ["new", "blue"], coupon: undefined, size: { unit: "cm", value: 4 } },
});
analytics.track({
  userId,
  event: "Order Completed",
  context,
  integrations: session,
  properties: {
    order_id: "O-1",
    revenue: 45.5,
    currency: "EUR",
    products: [
      { product_id: "P-1", name: "Café mug 🫖", price: 19.99, quantity: 2 },
      { product_id: "P-2", name: "Tea", price: 5.52, quantity: 1 },
    ],
  },
});
analytics.track({ userId, event: "Kept Inside", integrations: { All: false } });
analytics.group({ userId, groupId: "acme", traits: { group_type: "company", group_value: "node guild", seats: 12 } });
analytics.alias({ previousId: "node-user-0", userId });
analytics.closeAndFlush();
