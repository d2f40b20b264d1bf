// PostGraphile over our own tables, as one would run it in production: row-level security by the settings of a verified token,
// verified tokens kept, nothing for developers switched on. `node server.mjs print` prints its schema.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags } from "postgraphile/utils";

const { DATABASE_URL, TOKEN_KEY, PORT, POOL } = process.env;

/** What the catalogue does not say: columns that point at rows without a foreign key. */
const pointing = {
  cases: ["(tenant_id, owner_id) references public.people (tenant_id, id)|@fieldName reporter"],
  hazards: [
    "(tenant_id, responsible_id) references public.people (tenant_id, id)|@fieldName responsible",
    "(tenant_id, graded_by) references public.people (tenant_id, id)|@fieldName grader",
    "(tenant_id, responsible_unit_no) references public.units (tenant_id, no)|@fieldName responsibleUnit",
  ],
  people: ["(tenant_id, home_unit_no) references public.units (tenant_id, no)|@fieldName unit"],
  seats: ["(tenant_id, decided_by) references public.people (tenant_id, id)|@fieldName decider"],
  tasks: ["(tenant_id, done_by) references public.people (tenant_id, id)|@fieldName doer"],
  evidence: ["(tenant_id, uploaded_by) references public.people (tenant_id, id)|@fieldName uploader"],
  stop_orders: ["(tenant_id, unit_no) references public.units (tenant_id, no)|@fieldName unit"],
  record_entries: [
    "(tenant_id, case_id) references public.cases (tenant_id, id)",
    "(tenant_id, actor_id) references public.people (tenant_id, id)|@fieldName actor",
  ],
};
const tags = {
  version: 1,
  config: {
    class: {
      ...Object.fromEntries(
        Object.entries(pointing).map(([table, keys]) => [`public.${table}`, { tags: { foreignKey: keys } }]),
      ),
      "public.subscriptions": { tags: { name: "module_terms" } }, // GraphQL has a type Subscription of its own
    },
  },
};

const verified = new Map();

/** The settings that a token brings: its signature is checked once, then it is known while it lasts. */
function settingsOf(authorization) {
  const known = verified.get(authorization);
  if (known !== undefined && known.exp * 1000 > Date.now()) return known.settings;
  const [head, body, seal] = (authorization ?? "").replace(/^Bearer /, "").split(".");
  const expected = createHmac("sha256", TOKEN_KEY).update(`${head}.${body}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(seal, "base64url"))) throw new Error("not signed in");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  if (claims.exp * 1000 <= Date.now()) throw new Error("not signed in");
  verified.set(authorization, claims);
  return claims.settings;
}

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [jsonPgSmartTags(tags)],
  disablePlugins: ["PgIndexBehaviorsPlugin"], // it would hide filters whose column leads no index
  schema: { defaultBehavior: "+list +connection" },
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ["public", "bench"],
      poolConfig: { max: Number(POOL) },
    }),
  ],
  grafast: {
    explain: false,
    context: (request) => ({ pgSettings: settingsOf(request.node?.req?.headers?.authorization) }),
  },
  grafserv: { graphiql: false, watch: false, graphqlPath: "/graphql" },
};

const instance = postgraphile(preset);
if (process.argv[2] === "print") {
  const { printSchema } = await import("postgraphile/graphql");
  console.log(printSchema(await instance.getSchema()));
  process.exit(0);
}
const server = createServer();
server.on("error", (problem) => {
  console.error(problem);
  process.exit(1);
});
await instance.createServ(grafserv).addTo(server);
server.listen(Number(PORT), "127.0.0.1");
