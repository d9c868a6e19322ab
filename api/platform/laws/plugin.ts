/**
 * The architecture's laws as lint rules, loaded by `deno lint` through `lint.plugins` in deno.json.
 * A rule judges one file; what needs the whole module graph is in `layers.ts`.
 */
import { cacheThroughPlatform } from "./rules/cache_through_platform.ts";
import { capabilityImports } from "./rules/capability_imports.ts";
import { classHasLifetime } from "./rules/class_has_lifetime.ts";
import { clockAndRandomness } from "./rules/clock_and_randomness.ts";
import { environmentInMain } from "./rules/environment_in_main.ts";
import { functionFitsAScreen } from "./rules/function_fits_a_screen.ts";
import { logThroughPlatform } from "./rules/log_through_platform.ts";
import { moneyStaysOutOfSql } from "./rules/money_stays_out_of_sql.ts";
import { noCodeFromText } from "./rules/no_code_from_text.ts";
import { noDefaultExport } from "./rules/no_default_export.ts";
import { noModuleState } from "./rules/no_module_state.ts";
import { sqlInStores } from "./rules/sql_in_stores.ts";
import { testIsAPromise } from "./rules/test_is_a_promise.ts";
import { topLevelFunction } from "./rules/top_level_function.ts";
import { transactionAwaitsDatabase } from "./rules/transaction_awaits_database.ts";

const plugin: Deno.lint.Plugin = {
  name: "laws",
  rules: {
    "cache-through-platform": cacheThroughPlatform,
    "capability-imports": capabilityImports,
    "class-has-lifetime": classHasLifetime,
    "clock-and-randomness": clockAndRandomness,
    "environment-in-main": environmentInMain,
    "function-fits-a-screen": functionFitsAScreen,
    "log-through-platform": logThroughPlatform,
    "money-stays-out-of-sql": moneyStaysOutOfSql,
    "no-code-from-text": noCodeFromText,
    "no-default-export": noDefaultExport,
    "no-module-state": noModuleState,
    "sql-in-stores": sqlInStores,
    "test-is-a-promise": testIsAPromise,
    "top-level-function": topLevelFunction,
    "transaction-awaits-database": transactionAwaitsDatabase,
  },
};

// deno-lint-ignore laws/no-default-export -- the linter loads a plugin by its default export
export default plugin;
