import { add, compare, euros, inEuros, max, negate, ZERO } from '#socle/argent.ts'
import { mois as toMois } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Effet, JeuParametres } from '../../calcul/index.ts'
import { isAgent, LIBELLES_STATUT } from '../../carriere/contract.ts'
import type { CarriereAPayer } from '../../carriere/db/carrieres.ts'
import type { Atelier } from '../../production/atelier.ts'
import { type Contexte, prepareMois } from '../../production/calculer-mois.ts'
import type { Resultat } from '../contract.ts'
import { listPropositionsByIds } from '../db/propositions.ts'
import { closeSimulation, getSimulation, listClients, noteAvancement } from '../db/simulations.ts'

type Client = { client: string; nom: string; agents: number }
type EffetClient = Client & { effet: Effet; profils: Map<string, string> }

/** Bodies at work together: the threads are fed while another body is read. */
const ENSEMBLE = 3
const EXEMPLES = 5

/**
 * The effect of proposed values on every agent of every client, with the same inputs and the same computation as a run
 * of the month; nothing is stored but the result. Run twice, it gives the same.
 */
export async function simulerValeurs(contexte: Contexte, agence: string, id: string): Promise<void> {
  const { base, readJeu } = contexte
  const jeu = await readJeu()
  const { simulation, valeurs, clients } = await inOrganisme(base, agence, async (tx) => {
    const s = await getSimulation(tx, id)
    return {
      simulation: s,
      valeurs: (await listPropositionsByIds(tx, s.propositions)).map((p) => p.valeur).reverse(),
      clients: await listClients(tx),
    }
  })
  if (simulation.etat === 'fait' || simulation.etat === 'echec') return
  const mois = toMois(simulation.mois)
  const total = clients.reduce((n, c) => n + c.agents, 0)
  const note = (fait: number) => inOrganisme(base, agence, (tx) => noteAvancement(tx, id, fait, total))
  await note(0)

  const effets: EffetClient[] = []
  const ecartees: Resultat['ecartees'] = []
  let fait = 0
  const next = clients.values()
  const travailler = async () => {
    for (const client of next) {
      try {
        effets.push({ ...client, ...(await simulerClient(contexte, jeu, client.client, mois, valeurs)) })
      } catch (e) {
        // a body without its settings is told, the others go on
        if (!(e instanceof Refus)) throw e
        ecartees.push({ nom: client.nom, raison: e.message })
      }
      fait += client.agents
      await note(fait)
    }
  }
  await Promise.all(Array.from({ length: ENSEMBLE }, travailler))
  const resultat = reunir(effets, ecartees)
  await inOrganisme(base, agence, (tx) => closeSimulation(tx, id, resultat))
}

async function simulerClient(
  { base, atelier }: { base: Contexte['base']; atelier: Atelier },
  jeu: JeuParametres,
  client: string,
  mois: ReturnType<typeof toMois>,
  valeurs: Parameters<Atelier['simuler']>[2],
): Promise<{ effet: Effet; profils: Map<string, string> }> {
  const prepares = await inOrganisme(base, client, (tx) => prepareMois(tx, mois, jeu, jeu))
  const effet = await atelier.simuler(
    prepares.flatMap((p) =>
      p.entrees === undefined
        ? []
        : [
            {
              carriereId: p.carriere.carriereId,
              entrees: p.entrees,
              ...(p.jeuxAvant ? { jeuxAvant: p.jeuxAvant } : {}),
            },
          ],
    ),
    { empreinte: jeu.empreinte(), contenu: jeu.serialiser() },
    valeurs,
  )
  return { effet, profils: new Map(prepares.map((p) => [p.carriere.carriereId, profilOf(p.carriere)])) }
}

/** Who it is, as far as the rules are concerned: the one who reads a simulation has no right to the files of the agents. */
function profilOf({ situations }: CarriereAPayer): string {
  const s = situations.at(-1)?.contenu
  if (!s) return ''
  return isAgent(s) ? `${LIBELLES_STATUT[s.statut]}, catégorie ${s.categorie}` : LIBELLES_STATUT[s.statut]
}

const absolute = (montant: string) => max(euros(montant), negate(euros(montant)))
const poids = (x: { ecartNet: string; ecartCout: string }) => add(absolute(x.ecartNet), absolute(x.ecartCout))
const total = (effets: readonly EffetClient[], lire: (e: Effet) => string) =>
  inEuros(effets.reduce((t, { effet }) => add(t, euros(lire(effet))), ZERO))

function reunir(effets: EffetClient[], ecartees: Resultat['ecartees']): Resultat {
  const compte = (lire: (e: Effet) => number) => effets.reduce((n, { effet }) => n + lire(effet), 0)
  const lignes = new Map<string, Resultat['lignes'][number]>()
  for (const l of effets.flatMap((e) => e.effet.lignes)) {
    const deja = lignes.get(l.code)
    lignes.set(
      l.code,
      deja
        ? {
            ...deja,
            bulletins: deja.bulletins + l.bulletins,
            ecart: inEuros(add(euros(deja.ecart), euros(l.ecart))),
            ecartPatronal: inEuros(add(euros(deja.ecartPatronal), euros(l.ecartPatronal))),
          }
        : l,
    )
  }
  const plusGrand = (e: Effet, lire: (g: Effet['plusGrands'][number]) => string) =>
    e.plusGrands.map(lire).sort((a, b) => compare(absolute(b), absolute(a)))[0] ?? '0.00'
  return {
    bulletins: compte((e) => e.bulletins),
    touches: compte((e) => e.touches),
    debloques: compte((e) => e.debloques),
    bloques: compte((e) => e.bloques),
    ecartNet: total(effets, (e) => e.ecartNet),
    ecartCout: total(effets, (e) => e.ecartCout),
    lignes: [...lignes.values()].sort((a, b) => b.bulletins - a.bulletins || a.code.localeCompare(b.code)),
    collectivites: effets
      .filter(({ effet: e }) => e.touches + e.debloques + e.bloques > 0)
      .map(({ client, nom, effet: e }) => ({
        client,
        nom,
        bulletins: e.bulletins,
        touches: e.touches,
        debloques: e.debloques,
        bloques: e.bloques,
        ecartNet: e.ecartNet,
        ecartCout: e.ecartCout,
        plusGrandNet: plusGrand(e, (g) => g.ecartNet),
        plusGrandCout: plusGrand(e, (g) => g.ecartCout),
      }))
      .sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
    exemples: effets
      .flatMap(({ nom, effet, profils }) =>
        effet.plusGrands.map((g) => ({
          collectivite: nom,
          profil: profils.get(g.reference) ?? '',
          ecartNet: g.ecartNet,
          ecartCout: g.ecartCout,
          lignes: g.lignes.map((l) => ({
            code: l.code,
            libelle: l.libelle,
            avant: { agent: l.avant?.montant ?? null, employeur: l.avant?.montantPatronal ?? null },
            apres: { agent: l.apres?.montant ?? null, employeur: l.apres?.montantPatronal ?? null },
          })),
        })),
      )
      .sort((a, b) => compare(poids(b), poids(a)) || a.collectivite.localeCompare(b.collectivite, 'fr'))
      .slice(0, EXEMPLES),
    ecartees,
  }
}
