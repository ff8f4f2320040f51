import type Database from 'libsql';
import AsyncDatabase from 'libsql/promise';
import {
  SqliteDialect,
  SqliteDriver,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';

/** What the dialect needs of the engine. */
export interface EmbeddedEngine extends SqliteDatabase {
  /** Ends the transaction; resolves when it is on the disk. */
  commit(): Promise<void>;
}

const mostStatements = 200;

/**
 * Preparing a statement costs more than running it, and Kysely prepares each time. Only reading and
 * writing of rows is kept: what changes tables runs once. Those that were not used for the longest
 * time make room for others.
 *
 * Statements run in the event loop, but a commit waits for the disk, so it runs beside it. The package
 * has that in its other edition, whose class wraps the same connection in the same member `db`.
 *
 * @param close ends the connection, after all statements are forgotten.
 */
export function embeddedEngine(
  engine: Database.Database,
  close: (engine: Database.Database) => void,
): EmbeddedEngine {
  const prepare = (text: string) => engine.prepare(text) as unknown as SqliteStatement;
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = prepared.get(text);
      if (!known && !/^(?:select|insert|update|delete|with|begin)\b/i.test(text)) {
        return prepare(text);
      }
      // The last in the map is the one that was used last, the first the one to be forgotten.
      const statement = known ?? prepare(text);
      prepared.delete(text);
      prepared.set(text, statement);
      if (prepared.size > mostStatements) prepared.delete(prepared.keys().next().value ?? '');
      return statement;
    },
    async commit() {
      await AsyncDatabase.prototype.exec.call(engine, 'commit');
    },
    close: () => {
      prepared.clear();
      close(engine);
    },
  };
}

/** Kysely's dialect for the embedded engine, which commits beside the event loop. */
export class EmbeddedDialect extends SqliteDialect {
  constructor(private readonly engine: EmbeddedEngine) {
    super({ database: engine });
  }

  override createDriver(): Driver {
    return new EmbeddedDriver(this.engine);
  }
}

class EmbeddedDriver extends SqliteDriver {
  constructor(private readonly engine: EmbeddedEngine) {
    super({ database: engine });
  }

  /** Until it is done the connection is the transaction's: nothing else uses it meanwhile. */
  override async commitTransaction(): Promise<void> {
    await this.engine.commit();
  }

  /** A transaction may still be under way, of a request whose caller has hung up. */
  override async destroy(): Promise<void> {
    await this.acquireConnection();
    await super.destroy();
    await this.releaseConnection();
  }
}
