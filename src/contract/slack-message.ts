import type { DeploymentEvent, ServiceStatus } from './deployment-event';
import type { DeploymentEventType } from './webhook';
import { environmentModeName, eventTitle } from './wording';

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks */
const mostBlocks = 50;
const longestText = 3000;
const longestFieldText = 2000;

interface TextObject {
  type: 'mrkdwn' | 'plain_text';
  text: string;
  emoji?: boolean;
}

/** The Block Kit blocks that our messages are made of. */
export type SlackBlock =
  | { type: 'header'; text: TextObject }
  | { type: 'section'; text?: TextObject; fields?: TextObject[] }
  | { type: 'context'; elements: TextObject[] };

/** What an incoming webhook of Slack takes: `text` is what notifications show. */
export interface SlackMessage {
  text: string;
  blocks: SlackBlock[];
}

const emoji: Record<DeploymentEventType, string> = {
  DEPLOYMENT_STARTED: ':rocket:',
  DEPLOYMENT_SUCCESSFUL: ':white_check_mark:',
  DEPLOYMENT_FAILURE: ':x:',
  DEPLOYMENT_CANCELLED: ':no_entry_sign:',
};

/**
 * The SLACK message of an event: what happened, where, when (in each reader's own zone), and a line
 * for each service with its status; within Slack's limits, with everything from outside escaped.
 */
export function buildSlackMessage(event: DeploymentEvent): SlackMessage {
  const title = eventTitle(event.event_type);
  const project = escapeMrkdwn(oneLine(event.project.name));
  const environment = escapeMrkdwn(oneLine(event.environment.name));
  const mode = escapeMrkdwn(environmentModeName(event.environment.mode));
  const sections = serviceSections(event);
  return {
    text: cut(`${title}: ${project} / ${environment} (${mode})`, longestText),
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: `${emoji[event.event_type]} ${title}`, emoji: true },
      },
      {
        type: 'section',
        fields: [
          field('Project', project),
          field('Environment', `${environment} (${mode})`),
          field('Status', code(event.current_status)),
        ],
      },
      ...sections,
      { type: 'context', elements: [{ type: 'mrkdwn', text: slackTime(event.created_at) }] },
    ],
  };
}

function field(label: string, value: string): TextObject {
  return { type: 'mrkdwn', text: cut(`*${label}*\n${value}`, longestFieldText) };
}

/** Lines in as few sections as the limit of a text allows; what finds no room is counted. */
function serviceSections(event: DeploymentEvent): SlackBlock[] {
  const lines = [
    ...serviceLines('application', event.applications),
    ...serviceLines('container', event.containers),
    ...serviceLines('database', event.databases),
    ...serviceLines('job', event.jobs),
  ];
  const room = mostBlocks - 3;
  const texts: string[] = [];
  for (const [index, line] of lines.entries()) {
    const last = texts.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    // The very last section keeps room for the count of what was left out.
    const limit = texts.length < room ? longestText : longestText - 40;
    if (last !== undefined && joined.length <= limit) texts[texts.length - 1] = joined;
    else if (texts.length < room) texts.push(line);
    else {
      texts[texts.length - 1] = `${last}\n… and ${lines.length - index} more`;
      break;
    }
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

function serviceLines(type: string, services: ServiceStatus[]): string[] {
  return services.map((service) => {
    const described = service[type];
    const name =
      typeof described === 'object' && described !== null && 'name' in described
        ? String(described.name)
        : type;
    const status = service.current_status;
    const line = `• ${escapeMrkdwn(shorten(oneLine(name), 120))} (${type})`;
    return status ? `${line}: ${code(status)}` : line;
  });
}

function code(status: string): string {
  return `\`${escapeMrkdwn(shorten(oneLine(status).replaceAll('`', "'"), 120))}\``;
}

/** https://docs.slack.dev/messaging/formatting-message-text: these three and no others. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A text from outside, before it is escaped, in at most so many characters. */
function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** An escaped text within a limit, never ending in half an entity or half a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/(?:&[a-z]{0,3}|[\ud800-\udbff])$/, '')}…`;
}

function slackTime(iso: string): string {
  const unix = Math.floor(Date.parse(iso) / 1000);
  const utc = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  return `<!date^${unix}^{date_short_pretty} {time_secs}|${utc}>`;
}
