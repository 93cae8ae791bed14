import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { PhoneFilters } from '@/components/shell/filter-chips';
import { PageKeys, Rail, Tabs } from '@/components/shell/rail';
import { ShortcutProvider } from '@/components/shell/shortcuts';
import { themeScript } from '@/components/shell/theme';
import { TopBar } from '@/components/shell/top-bar';
import { ViewKeys } from '@/components/shell/view-keys';
import { ProblemState } from '@/components/ui/problem-state';
import { State } from '@/components/ui/state';
import { attempt } from './_server/attempt';
import { contextIfRunning } from './_server/context';
import { paletteCaptures, paletteLocks, suggestValues } from './_server/lookups';
import { serviceNames } from './_server/services';
import { codeFont, uiFont } from './fonts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Lockscope', template: '%s · Lockscope' } };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };
// Every page shows what is stored now.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const request = await headers();
  const nonce = request.get('x-nonce') ?? undefined;
  // Somebody without credentials, who is shown the login form and nothing else.
  const guest = request.get('x-lockscope-guest') === '1';
  const running = contextIfRunning() !== undefined;
  const listed = await attempt(async () => (guest ? [] : await serviceNames()));
  const services = listed.ok ? listed.value : [];
  return (
    // The theme attribute is written by the script below, before React sees the page.
    <html lang="en" className={`${uiFont.variable} ${codeFont.variable}`} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: constant text, no user input */}
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: themeScript }} suppressHydrationWarning />
      </head>
      <body>
        <ShortcutProvider>
          <a className="skip" href="#main">
            Skip to content
          </a>
          {guest ? null : (
            <>
              <TopBar
                services={services}
                suggest={suggestValues}
                loadLocks={paletteLocks}
                loadCaptures={paletteCaptures}
              />
              <Rail services={services} />
            </>
          )}
          <main id="main" className={guest ? 'alone' : undefined}>
            {guest ? null : <PhoneFilters suggest={suggestValues} />}
            {listed.ok ? null : <ProblemState what="The list of services" problem={listed.problem} />}
            {listed.ok && (running ? children : <NoServer />)}
          </main>
          {guest ? null : (
            <>
              <Tabs services={services} />
              <PageKeys services={services} />
              <ViewKeys />
            </>
          )}
        </ShortcutProvider>
      </body>
    </html>
  );
}

function NoServer() {
  return (
    <State title="These pages run without their server" mood="bad">
      <p>
        Next was started alone, so no store is open. Start Lockscope with <code>npm run dev</code> or{' '}
        <code>npm start</code>.
      </p>
    </State>
  );
}
