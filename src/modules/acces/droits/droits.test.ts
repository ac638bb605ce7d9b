import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { baseDEssai } from '#socle/db/essai.ts'
import { createServeur } from '#socle/http/serveur.ts'
import { servirOrganisme } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { empreinteOf } from '../db/comptes.ts'
import { DROITS, DROITS_CHEZ_UN_CLIENT, droitsDeJeton, ROLES, rolesPossibles } from '../domain/roles.ts'
import { createPortier, creerOrganisme } from '../index.ts'
import { registerDroits } from './http.ts'
import { requireMesure } from './mesure.ts'

const base = await baseDEssai()
const app = await createServeur()
const [agence, commune, voisine] = [newId<'Organisme'>(), newId<'Organisme'>(), newId<'Organisme'>()]
const ok = z.object({ via: z.string() })
const essai = (verbe: 'GET' | 'POST', nom: string) =>
  route({ verbe, chemin: `/api/essai/${nom}`, resume: `Essai ${nom}`, reply: ok })

beforeAll(async () => {
  const application = { app, base, portier: createPortier(base) }
  registerDroits(application, { creerLien: async (_, compteId) => `https://bosquet.example/nouveau#${compteId}` })
  for (const [verbe, nom, droit] of [
    ['GET', 'bulletins', 'bulletins.lire'],
    ['POST', 'variables', 'variables.saisir'],
    ['POST', 'approbation', 'paie.approuver'],
  ] as const)
    servirOrganisme(application, essai(verbe, nom), droit, async ({ qui }) => ({ via: qui.via }))
  const vide = { adresse: '', code_postal: '', ville: '', courriel: '', telephone: '', epci: null, rattachement: null }
  await base.kysely
    .insertInto('app.organisme')
    .values(
      (
        [
          [agence, 'agence'],
          [commune, 'commune'],
          [voisine, 'commune'],
        ] as const
      ).map(([id, type], i) => ({
        ...vide,
        id,
        type,
        nom: `${type} ${i}`,
        siren: `21400000${i}`,
        siret: `21400000${i}00018`,
        code_insee: '40002',
        est_fictif: true,
      })),
    )
    .execute()
})
afterAll(async () => {
  await app.close()
  await base.close()
})

/** A person with her roles, and an open session of level two. */
async function embaucher(nom: string, ...roles: [organisme: string, role: string][]) {
  const [personneId, compteId] = [newId<'Personne'>(), newId<'Compte'>()]
  const [cookie, csrf] = [randomBytes(32).toString('base64url'), 'csrf']
  const identifiant = `${nom.toLowerCase()}@exemple.example`
  await inPlateforme(base, async (tx) => {
    await tx.insertInto('app.acces_personne').values({ id: personneId, nom, courriel: null }).execute()
    await tx
      .insertInto('app.acces_compte')
      .values({ id: compteId, personne_id: personneId, identifiant, empreinte: 'x' })
      .execute()
    await tx
      .insertInto('app.acces_session')
      .values({
        empreinte: empreinteOf(cookie),
        id: newId(),
        compte_id: compteId,
        jeton_csrf: csrf,
        appareil: '',
        adresse: '',
        expire_le: new Date(Date.now() + 3600_000),
        revoquee_le: null,
        second_facteur_le: new Date(),
      })
      .execute()
  })
  for (const [organisme_id, role] of roles)
    await inOrganisme(base, organisme_id, (tx) =>
      tx
        .insertInto('app.acces_appartenance')
        .values({ organisme_id, id: newId(), personne_id: personneId, role, depuis: '2025-01-01', jusqua: null })
        .execute(),
    )
  const ask = (organisme: string, method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({
      method,
      url,
      cookies: { bosquet_session: cookie },
      headers: { 'x-csrf': csrf, 'x-organisme': organisme },
      ...(payload ? { payload } : {}),
    })
  return { personneId, identifiant, ask }
}

const journalDe = (organisme: string) =>
  inOrganisme(base, organisme, async (tx) =>
    (await tx.selectFrom('app.journal_ecriture').select(['acte', 'nom']).orderBy('numero').execute()).map(
      (e) => `${e.acte} ${e.nom}`,
    ),
  )

test('every right has a role that gives it, and no role of a member is one of the agency', () => {
  const donnes = new Set<string>([...Object.values(ROLES).map((r) => r.droits), DROITS_CHEZ_UN_CLIENT].flat())
  expect(Object.keys(DROITS).filter((d) => !donnes.has(d))).toEqual([])
  expect(rolesPossibles(false).filter((r) => rolesPossibles(true).includes(r))).toEqual(['agentPaye'])
  expect(ROLES.administrateur.droits.filter((d) => /^(paie|bulletins|agents|pieces|sante)\./.test(d))).toEqual([])
  expect(ROLES.administrateurTechnique.droits.filter((d) => /^(paie|bulletins|agents|pieces|sante)\./.test(d))).toEqual(
    [],
  )
})

describe('the administrator of a body', () => {
  test('opens an account, gives a role, takes it back; the journal tells it', async () => {
    const admin = await embaucher('Claire', [commune, 'administrateur'])
    const demande = {
      identifiant: 'Nouveau@Exemple.example',
      nom: 'Dupouy',
      prenom: 'Léa',
      role: 'lecteur',
      depuis: '2026-01-01',
    }
    const cree = await admin.ask(commune, 'POST', '/api/acces/membres', demande)
    expect(cree.json()).toMatchObject({ compteCree: true, lien: expect.stringContaining('https://') })
    const encore = await admin.ask(commune, 'POST', '/api/acces/membres', { ...demande, role: 'deposant' })
    expect(encore.json()).toMatchObject({ compteCree: false, lien: null, personneId: cree.json().personneId })
    const liste = async () =>
      (await admin.ask(commune, 'GET', '/api/acces/membres'))
        .json()
        .membres.find((m: { nom: string }) => m.nom === 'Léa Dupouy')
    const membre = await liste()
    expect(membre).toMatchObject({ etat: 'aActiver', identifiant: 'nouveau@exemple.example' })
    expect(membre.droits).toContain('pieces.deposer')
    const retrait = membre.appartenances.find((a: { role: string }) => a.role === 'deposant').id
    expect((await admin.ask(commune, 'POST', `/api/acces/appartenances/${retrait}/retrait`)).statusCode).toBe(200)
    expect((await liste()).droits).not.toContain('pieces.deposer')
    expect((await admin.ask(commune, 'POST', `/api/acces/appartenances/${retrait}/retrait`)).statusCode).toBe(404)
    expect(await journalDe(commune)).toEqual(['role.donner Claire', 'role.donner Claire', 'role.retirer Claire'])
  })

  test('neither raises himself, nor gives a role of the agency, nor reaches another body', async () => {
    const admin = await embaucher('Denis', [commune, 'administrateur'])
    const donner = (organisme: string, plus: object) =>
      admin.ask(organisme, 'POST', '/api/acces/membres', {
        identifiant: admin.identifiant,
        nom: 'x',
        role: 'ordonnateur',
        depuis: '2026-01-01',
        ...plus,
      })
    expect((await donner(commune, {})).json().code).toBe('role.soi')
    expect((await donner(commune, { identifiant: 'a@b.example', role: 'superviseur' })).json().code).toBe(
      'role.inconnu',
    )
    expect((await donner(commune, { identifiant: 'a@b.example', role: '__proto__' })).json().code).toBe('role.inconnu')
    expect((await donner(voisine, {})).statusCode).toBe(404)
    expect((await admin.ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(403)
    const soi = (await admin.ask(commune, 'GET', '/api/acces/membres'))
      .json()
      .membres.find((m: { estSoi: boolean }) => m.estSoi)
    const retrait = `/api/acces/appartenances/${soi.appartenances[0].id}/retrait`
    expect((await admin.ask(commune, 'POST', retrait)).json().code).toBe('role.soi')
    const autre = await embaucher('Voisin', [voisine, 'administrateur'])
    expect((await autre.ask(voisine, 'POST', retrait)).statusCode).toBe(404)
  })

  test('the agency suspends an account with its sessions; an employer cannot', async () => {
    const technicien = await embaucher('Thierry', [agence, 'administrateurTechnique'])
    const admin = await embaucher('Alix', [commune, 'administrateur'])
    const cible = await embaucher('Cible', [commune, 'lecteur'])
    const suspendre = (qui: typeof cible, ou: string, identifiant = cible.identifiant, suspendu = true) =>
      qui.ask(ou, 'POST', '/api/acces/suspensions', {
        identifiant,
        suspendu,
        motif: 'Mot de passe trouvé sur un papier',
      })
    expect((await suspendre(admin, commune)).statusCode).toBe(403)
    expect((await suspendre(technicien, agence, technicien.identifiant)).json().code).toBe('compte.soi')
    expect((await suspendre(technicien, agence, 'inconnu@exemple.example')).statusCode).toBe(404)
    expect((await suspendre(technicien, agence)).json()).toEqual({ sessionsFermees: 1 })
    expect((await cible.ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(401)
    expect((await suspendre(technicien, agence, cible.identifiant, false)).json()).toEqual({ sessionsFermees: 0 })
    expect((await journalDe(agence)).filter((e) => e.startsWith('compte.'))).toEqual([
      'compte.suspendre Thierry',
      'compte.rouvrir Thierry',
    ])
  })

  test('any person sees all that she may do', async () => {
    const p = await embaucher('Maia', [commune, 'lecteur'], [voisine, 'deposant'])
    const { organismes } = (await p.ask(commune, 'GET', '/api/acces/mes-droits')).json()
    expect(organismes.map((o: { nom: string; roles: string[] }) => [o.nom, o.roles])).toEqual([
      ['commune 1', ['Lecteur']],
      ['commune 2', ['Secrétaire']],
    ])
    expect(organismes[0].droits).toContainEqual({ code: 'bulletins.lire', libelle: DROITS['bulletins.lire'] })
  })
})

describe('a support grant', () => {
  test('opens the data for a time, never the approval, and is in the journal of both', async () => {
    const technicien = await embaucher('Tarek', [agence, 'administrateurTechnique'])
    const maire = await embaucher('Odile', [voisine, 'ordonnateur'])
    const lire = () => technicien.ask(voisine, 'GET', '/api/essai/bulletins')
    expect((await lire()).statusCode).toBe(404)
    const id = newId()
    const demande = { id, organismeId: voisine, motif: 'Le calcul de novembre échoue', etendue: 'saisie', heures: 4 }
    const demander = (plus = {}) =>
      technicien.ask(agence, 'POST', '/api/acces/demandes-de-soutien', { ...demande, ...plus })
    expect((await demander({ motif: 'court' })).statusCode).toBe(400)
    expect((await demander()).json()).toMatchObject({ etat: 'demande', heures: 4 })
    expect((await demander()).statusCode).toBe(200)
    expect((await lire()).statusCode).toBe(404)
    // he cannot grant it to himself
    const accord = `/api/acces/soutiens/${id}/accord`
    expect((await technicien.ask(voisine, 'POST', accord)).statusCode).toBe(404)
    expect((await technicien.ask(agence, 'POST', accord)).statusCode).toBe(403)

    expect((await maire.ask(voisine, 'POST', accord)).json()).toMatchObject({ etat: 'accorde', accordePar: 'Odile' })
    expect((await maire.ask(voisine, 'POST', accord)).json().code).toBe('soutien.dejaDecide')
    expect((await lire()).json()).toEqual({ via: 'soutien' })
    expect((await technicien.ask(voisine, 'POST', '/api/essai/variables')).statusCode).toBe(200)
    expect((await technicien.ask(voisine, 'POST', '/api/essai/approbation')).statusCode).toBe(403)
    expect((await technicien.ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(404)

    const fin = await maire.ask(voisine, 'POST', `/api/acces/soutiens/${id}/fin`)
    expect(fin.json()).toMatchObject({ etat: 'termine', terminePar: 'Odile' })
    expect((await lire()).statusCode).toBe(404)
    expect((await journalDe(voisine)).filter((e) => e.startsWith('soutien'))).toEqual([
      'soutien.demander Tarek',
      'soutien.accorder Odile',
      'soutien.terminer Odile',
    ])
    expect((await journalDe(agence)).filter((e) => e.startsWith('soutien'))).toEqual(['soutien.demander Tarek'])
  })

  test('ends by itself, or is given back', async () => {
    const technicien = await embaucher('Tanguy', [agence, 'administrateurTechnique'])
    const maire = await embaucher('Paul', [commune, 'ordonnateur'])
    const id = newId()
    await technicien.ask(agence, 'POST', '/api/acces/demandes-de-soutien', {
      id,
      organismeId: commune,
      motif: 'Une pièce ne s’ouvre pas',
      etendue: 'lecture',
      heures: 1,
    })
    await maire.ask(commune, 'POST', `/api/acces/soutiens/${id}/accord`)
    expect((await technicien.ask(commune, 'POST', '/api/essai/variables')).statusCode).toBe(403)
    const tiers = await embaucher('Tiers', [agence, 'administrateurTechnique'])
    expect((await tiers.ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(404)
    expect((await tiers.ask(agence, 'POST', `/api/acces/demandes-de-soutien/${id}/fin`)).statusCode).toBe(404)
    await inOrganisme(base, commune, (tx) =>
      tx
        .updateTable('app.acces_soutien')
        .set({ jusqua: new Date(Date.now() - 1000) })
        .where('id', '=', id)
        .execute(),
    )
    expect((await technicien.ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(404)
    const mienne = (await technicien.ask(agence, 'GET', '/api/acces/demandes-de-soutien')).json().soutiens
    expect(mienne).toMatchObject([{ id, etat: 'termine', organisme: 'commune 1' }])
    expect((await technicien.ask(agence, 'POST', `/api/acces/demandes-de-soutien/${id}/fin`)).statusCode).toBe(200)
  })
})

describe('the token of a program', () => {
  test('does what it was made for, in its body only, until it is revoked', async () => {
    const admin = await embaucher('Aline', [commune, 'administrateur'])
    const creer = (plus: object) =>
      admin.ask(commune, 'POST', '/api/acces/jetons', {
        id: newId(),
        nom: 'Tableau de bord',
        droits: ['bulletins.lire', 'dossier.lire'],
        jours: 30,
        ...plus,
      })
    expect((await creer({ droits: ['paie.approuver'] })).json().code).toBe('jeton.droits')
    expect((await creer({ droits: ['production.lancer'] })).json().code).toBe('jeton.droits')
    const { secret, jeton } = (await creer({})).json()
    const ask = (organisme: string, method: 'GET' | 'POST', url: string, authorization = `Bearer ${secret}`) =>
      app.inject({ method, url, headers: { authorization, 'x-organisme': organisme } })
    expect((await ask(commune, 'GET', '/api/essai/bulletins')).json()).toEqual({ via: 'jeton' })
    expect((await ask(voisine, 'GET', '/api/essai/bulletins')).statusCode).toBe(404)
    expect((await ask(commune, 'POST', '/api/essai/variables')).json().code).toBe('jeton.lecture')
    expect((await ask(commune, 'GET', '/api/acces/mes-droits')).json().code).toBe('jeton.personne')
    expect((await ask(commune, 'GET', '/api/acces/jetons')).statusCode).toBe(403)
    for (const faux of [
      'Bearer x',
      `Bearer ${secret.replace(/.$/, (c: string) => (c === 'A' ? 'B' : 'A'))}`,
      'Basic YTpi',
      'Bearer ',
    ])
      expect((await ask(commune, 'GET', '/api/essai/bulletins', faux)).statusCode).toBe(401)
    // shown once: neither the list nor the table holds it
    const liste = (await admin.ask(commune, 'GET', '/api/acces/jetons')).body
    expect(liste).toContain('Tableau de bord')
    expect(liste).not.toContain(secret.split('_')[2]!)
    const rows = await inOrganisme(base, commune, (tx) => tx.selectFrom('app.acces_jeton').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(secret.split('_')[2]!)

    const voisin = await embaucher('Vera', [voisine, 'administrateur'])
    expect((await voisin.ask(voisine, 'POST', `/api/acces/jetons/${jeton.id}/revocation`)).statusCode).toBe(404)
    expect((await admin.ask(commune, 'POST', `/api/acces/jetons/${jeton.id}/revocation`)).json().etat).toBe('revoque')
    expect((await ask(commune, 'GET', '/api/essai/bulletins')).statusCode).toBe(401)
  })

  test('expires, writes only when it may, and is counted', async () => {
    const admin = await embaucher('Aude', [commune, 'administrateur'])
    const { secret, jeton } = (
      await admin.ask(commune, 'POST', '/api/acces/jetons', {
        id: newId(),
        nom: 'Pointeuse',
        droits: droitsDeJeton(false).slice(0, 3),
        ecriture: true,
        jours: 1,
      })
    ).json()
    const ask = (method: 'GET' | 'POST', url: string) =>
      app.inject({ method, url, headers: { authorization: `Bearer ${secret}`, 'x-organisme': commune } })
    expect((await ask('POST', '/api/essai/approbation')).statusCode).toBe(403)
    await inOrganisme(base, commune, (tx) =>
      tx
        .updateTable('app.acces_jeton')
        .set({ cree_le: new Date(Date.now() - 2000), expire_le: new Date(Date.now() - 1000) } as never)
        .where('id', '=', jeton.id)
        .execute(),
    )
    expect((await ask('GET', '/api/essai/bulletins')).statusCode).toBe(401)
    for (let i = 0; i < 600; i++) requireMesure('j', 1_000)
    expect(() => requireMesure('j', 2_000)).toThrow(/600/)
    expect(() => requireMesure('j', 61_000)).not.toThrow()
  })
})

describe('the first administrators, by whoever holds the machine', () => {
  test('the agency, then a member; a link for a new account, the journal, and nothing twice', async () => {
    const vide = await baseDEssai()
    try {
      const commune = {
        type: 'commune' as const,
        nom: 'Commune d’Amou',
        siret: '21400002800016',
        insee: '40002',
        administrateur: { identifiant: 'Lea@Amou.example', nom: 'Dupouy', prenom: 'Léa' },
      }
      const lienOf = (chemin: string) => `https://bosquet.example${chemin}`
      await expect(creerOrganisme(vide, commune, lienOf)).rejects.toMatchObject({ code: 'organisme.agence' })
      const agence = { ...commune, type: 'agence' as const, nom: 'Agence', siret: '29990001900017' }
      await creerOrganisme(
        vide,
        { ...agence, administrateur: { ...agence.administrateur, identifiant: 'a@agence.example' } },
        lienOf,
      )
      await expect(creerOrganisme(vide, { ...agence, siret: '21400002800016' }, lienOf)).rejects.toMatchObject({
        code: 'organisme.agence',
      })
      await expect(creerOrganisme(vide, { ...commune, siret: '21400002800018' }, lienOf)).rejects.toMatchObject({
        code: 'organisme.invalide',
      })
      const premier = await creerOrganisme(vide, commune, lienOf)
      expect(premier).toMatchObject({ organismeCree: true, role: 'Administrateur de l’organisme' })
      expect(premier.lien).toMatch(/^https:\/\/bosquet\.example\/connexion\/nouveau#[\w-]{43}$/)
      expect(await creerOrganisme(vide, commune, lienOf)).toMatchObject({ organismeCree: false, lien: null })
      const roles = await vide.kysely
        .selectFrom('app.acces_compte as c')
        .innerJoin('app.acces_personne as p', 'p.id', 'c.personne_id')
        .select(['c.identifiant', 'p.nom'])
        .orderBy('c.identifiant')
        .execute()
      expect(roles.map((r) => r.identifiant)).toEqual(['a@agence.example', 'lea@amou.example'])
    } finally {
      await vide.close()
    }
  })
})
