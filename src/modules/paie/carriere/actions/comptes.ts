import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { getAgent } from '../db/agents.ts'
import { insertActes } from '../db/histoire.ts'
import type { CompteVu } from '../http/contract.ts'
import { porteeOf, touchMois } from './changer.ts'

/** Enough to recognise an account on a paper, too little to use it: « FR76 •••• 6396 ». */
export const maskIban = (iban: string): string => (iban === '' ? '' : `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`)
const grouper = (iban: string) => iban.replace(/(.{4})(?=.)/g, '$1 ')

const ETATS = { confirmer: 'confirme', refuser: 'refuse', retirer: 'retire' } as const

export async function listComptes(
  tx: Tx,
  qui: Acteur,
  filtre: { agentId?: string; id?: string; enAttente?: boolean },
): Promise<CompteVu[]> {
  const { rows } = await sql<{
    id: string
    agent_id: string
    nom: string
    iban: string
    bic: string
    titulaire: string
    propose_par: string
    propose_par_nom: string
    propose_le: Date
    acte: keyof typeof ETATS | null
    par_nom: string | null
    le: Date | null
    motif: string | null
  }>`
    select c.id, c.agent_id, coalesce(a.prenom || ' ' || a.nom, 'Agent retiré') as nom, c.iban, c.bic, c.titulaire,
      c.propose_par, c.propose_par_nom, c.propose_le, x.acte, x.par_nom, x.le, x.motif
    from app.paie_compte_bancaire c
    left join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    left join app.paie_compte_bancaire_acte x on x.organisme_id = c.organisme_id and x.compte_id = c.id
    where (${filtre.agentId ?? null}::uuid is null or c.agent_id = ${filtre.agentId ?? null}::uuid)
      and (${filtre.id ?? null}::uuid is null or c.id = ${filtre.id ?? null}::uuid)
      and (not ${filtre.enAttente ?? false}::boolean or (x.acte is null and a.id is not null))
    order by c.propose_le desc limit 500`.execute(tx)
  const peutConfirmer = hasDroit(qui, 'comptes.confirmer')
  return rows.map((r) => {
    const enAttente = r.acte === null
    const sien = r.propose_par === qui.personneId
    return {
      id: r.id,
      agentId: r.agent_id,
      agent: r.nom,
      iban: enAttente && (peutConfirmer || sien) ? grouper(r.iban) : maskIban(r.iban),
      bic: r.bic,
      titulaire: r.titulaire,
      etat: r.acte === null ? 'propose' : ETATS[r.acte],
      proposePar: r.propose_par_nom,
      proposeLe: r.propose_le.toISOString(),
      decidePar: r.par_nom,
      decideLe: r.le?.toISOString() ?? null,
      motif: r.motif ?? '',
      peutDecider: enAttente && peutConfirmer && !sien,
      peutRetirer: enAttente && sien,
    }
  })
}

type Proposition = { id: string; agentId: string; iban: string; bic: string; titulaire: string }

/** Many proposals in one statement, for an import. */
export async function insertComptes(tx: Tx, qui: Acteur, comptes: readonly Proposition[]): Promise<void> {
  const texte = { iban: 'text', bic: 'text', titulaire: 'text', propose_par_nom: 'text' }
  await insertLot(
    tx,
    'app.paie_compte_bancaire',
    { organisme_id: 'uuid', id: 'uuid', agent_id: 'uuid', propose_par: 'uuid', ...texte },
    comptes.map(({ agentId, ...c }) => ({
      ...c,
      organisme_id: qui.organismeId,
      agent_id: agentId,
      propose_par: qui.personneId,
      propose_par_nom: qui.nom,
    })),
  )
}

/** A new account for an agent: nothing uses it until someone else has confirmed it. */
export async function proposerCompte(tx: Tx, qui: Acteur, p: Proposition): Promise<CompteVu> {
  const agent = await getAgent(tx, p.agentId)
  const comptes = await listComptes(tx, qui, { agentId: p.agentId })
  const deja = comptes.find((c) => c.id === p.id)
  if (deja) return deja
  if (agent.iban === p.iban)
    throw new Refus('compte.dejaLeSien', 'Ce compte est déjà celui de l’agent.', {
      champs: { iban: 'C’est le compte actuel.' },
    })
  if (comptes.some((c) => c.etat === 'propose'))
    throw new Refus(
      'compte.enAttente',
      'Un compte attend déjà d’être confirmé : il doit d’abord être décidé ou retiré.',
    )
  await insertComptes(tx, qui, [p])
  await inscrire(tx, qui.organismeId, qui, {
    acte: 'compte.proposer',
    objet: { type: 'agent', id: p.agentId, libelle: `${agent.prenom} ${agent.nom}` },
    detail: { avant: maskIban(agent.iban), apres: maskIban(p.iban) },
    sensible: 'paie',
  })
  return (await listComptes(tx, qui, { id: p.id }))[0]!
}

/** Confirmed by another person, the account becomes that of the pay; turned down or taken back, it never serves. */
export async function deciderCompte(
  tx: Tx,
  qui: Acteur,
  compteId: string,
  acte: keyof typeof ETATS,
  motif: string,
  aujourdhui: Jour,
): Promise<CompteVu> {
  const compte = await tx
    .selectFrom('app.paie_compte_bancaire')
    .selectAll()
    .where('id', '=', compteId)
    .executeTakeFirst()
  if (!compte) throw introuvable('Ce compte bancaire')
  const vu = (await listComptes(tx, qui, { id: compteId }))[0]!
  if (vu.etat === ETATS[acte]) return vu
  if (vu.etat !== 'propose') throw new Refus('compte.dejaDecide', 'Ce compte a déjà été décidé. Rechargez la page.')
  const sien = compte.propose_par === qui.personneId
  if (acte === 'retirer' && !sien)
    throw new Refus(
      'compte.pasLeSien',
      'Seule la personne qui a proposé ce compte peut le retirer ; vous pouvez le refuser.',
    )
  if (acte !== 'retirer' && sien)
    throw new Refus(
      'compte.quatreYeux',
      'Vous avez proposé ce compte : une autre personne doit le confirmer, d’après le RIB.',
    )
  await tx
    .insertInto('app.paie_compte_bancaire_acte')
    .values({
      organisme_id: qui.organismeId,
      compte_id: compteId,
      propose_par: compte.propose_par,
      acte,
      par: qui.personneId,
      par_nom: qui.nom,
      motif,
    })
    .execute()
  if (acte === 'confirmer') {
    const agent = await getAgent(tx, compte.agent_id)
    await tx
      .updateTable('app.paie_agent')
      .set({ iban: compte.iban, bic: compte.bic })
      .where('id', '=', compte.agent_id)
      .execute()
    await insertActes(tx, auteurOf(qui), [
      {
        id: newId(),
        agentId: compte.agent_id,
        carriereId: null,
        nature: 'compte',
        effet: aujourdhui,
        motif: `Proposé par ${compte.propose_par_nom}`,
        resume: `Compte bancaire : ${maskIban(agent.iban) || 'aucun'} puis ${maskIban(compte.iban)}`,
        avant: { iban: agent.iban, bic: agent.bic },
        apres: { iban: compte.iban, bic: compte.bic },
      },
    ])
    // the controls of the month read it
    await touchMois(tx, qui.organismeId, (await porteeOf(tx, aujourdhui)).moisOuverts)
  }
  await inscrire(tx, qui.organismeId, qui, {
    acte: `compte.${acte}`,
    objet: { type: 'agent', id: compte.agent_id, libelle: vu.agent },
    detail: { compte: maskIban(compte.iban), proposePar: compte.propose_par_nom },
    sensible: 'paie',
  })
  return (await listComptes(tx, qui, { id: compteId }))[0]!
}
